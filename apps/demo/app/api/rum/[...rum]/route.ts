import { createRumHandlers } from '@rumkit/next-rum';
import { rum } from '../../../../lib/rum';

export const { GET, POST, OPTIONS } = createRumHandlers(rum);
