import { defineRum, passwordSignIn } from '@rumkit/next-rum';

export const rum = defineRum({
  database: process.env.RUM_DATABASE_URL ?? 'file:./.data/rum.db',
  authorize: passwordSignIn({ password: process.env.RUM_ADMIN_PASSWORD }),
});
