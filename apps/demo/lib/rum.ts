import { defineRum, passwordSignIn, webhookNotifier } from '@rumkit/next-rum';

const { RUM_WEBHOOK_URL: url, RUM_WEBHOOK_SECRET: secret } = process.env;

export const rum = defineRum({
  database: process.env.RUM_DATABASE_URL ?? 'file:./.data/rum.db',
  authorize: passwordSignIn({ password: process.env.RUM_ADMIN_PASSWORD }),
  alerts: { notifiers: url && secret ? [webhookNotifier({ url, secret })] : [] },
});
