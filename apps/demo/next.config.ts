import { withRum } from '@rumkit/next-rum/config';

export default withRum({ reactStrictMode: true, poweredByHeader: false });
