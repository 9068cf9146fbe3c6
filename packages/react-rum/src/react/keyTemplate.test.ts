import { expect, test } from 'vitest';
import { keyTemplate } from './keyTemplate.js';

test.each([
  [['user', 42], 'user/:id'],
  [['user', '42', 'posts'], 'user/:id/posts'],
  [['user', -1.5], 'user/:id'],
  [['user', '7c9e6679-7425-40de-944b-e07fc1f90ae7'], 'user/:id'],
  [['user', 'clx9a8b7c0000'], 'user/:id'],
  [['user', 'ada@example.com'], 'user/:id'],
  [['search', 'brass lamp'], 'search/:id'],
  [['todos', { page: 2, filter: 'done' }, true], 'todos/:params/true'],
  [['todos', null, undefined, ''], 'todos'],
  [[['post', 'byId'], { input: { id: 5 }, type: 'query' }], 'post/byId/:params'],
  [['/api/v2/user/4711'], 'api/v2/user/:id'],
  [['x'.repeat(49)], ':id'],
  [[], ''],
])('%j is %s', (key, name) => {
  expect(keyTemplate(key)).toBe(name);
});
