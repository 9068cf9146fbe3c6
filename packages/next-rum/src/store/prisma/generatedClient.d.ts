/** The part of a generated Prisma client that this package uses, so that nothing is typed against generated code. */
export declare const PrismaClient: new (options: { adapter: unknown }) => import('./client.js').SqlClient;
