import { createRumAdminPage } from '@rumkit/next-rum/admin';
import { rum } from '../../../../lib/rum';

export default createRumAdminPage(rum);
