export { defineRum } from './defineRum.js';
export { createRumHandlers, type RumHandlers } from './next/handlers.js';
export type {
  Admitted,
  Authorize,
  AuthorizeContext,
  LabelLimits,
  RateLimits,
  Role,
  RumConfig,
  RumOptions,
  SignInAuthorize,
  SignInResult,
  WriteKey,
} from './server/config.js';
export { type PasswordSignInOptions, passwordSignIn } from './server/passwordSignIn.js';
export type { Rum } from './server/rum.js';
export { type RumStore, StoreError, type StoreErrorCode } from './store/store.js';
