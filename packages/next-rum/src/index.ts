export type { AlertWindow, Weekday } from './analysis/rules/alertSchedule.js';
export type { NewErrorRule, RegressedErrorRule } from './analysis/rules/judgeErrors.js';
export type { BudgetRule, ThresholdRule } from './analysis/rules/judgeRule.js';
export { defineRum } from './defineRum.js';
export { createRumHandlers, type RumHandlers } from './next/handlers.js';
export {
  type EmailOptions,
  type EmailTransport,
  emailNotifier,
} from './server/alerts/emailNotifier.js';
export type { AlertOptions, AlertRule, AnomalyRule, Notice, Notifier } from './server/alerts/notifier.js';
export { type SlackOptions, slackNotifier } from './server/alerts/slackNotifier.js';
export { type WebhookBody, type WebhookOptions, webhookNotifier } from './server/alerts/webhookNotifier.js';
export { verifyWebhook, type WebhookToVerify } from './server/alerts/webhookSignature.js';
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
export { emailReport } from './server/report/emailReport.js';
export type {
  ReportMessage,
  ReportOptions,
  ReportSender,
  ReportVital,
  WeekReport,
} from './server/report/report.js';
export type { Rum } from './server/rum.js';
export type { RumStore } from './store/store.js';
export { StoreError, type StoreErrorCode } from './store/storeError.js';
