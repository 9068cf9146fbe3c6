import { startRum } from '@rumkit/react-rum/agent';
import { createNextRoutes } from './routes.js';

// `withRum` puts the options into the bundle. Without it the agent runs on its defaults.
const options = process.env.RUM_CLIENT_OPTIONS;

const routes = createNextRoutes(window, Date.now, process.env.RUM_BASE_PATH);

startRum({ ...(options ? JSON.parse(options) : {}), routes });

/** Next's hook, called when an App Router navigation begins. */
export const onRouterTransitionStart: (url: string, type?: string) => void = routes.onRouterTransitionStart;
