/** The least a route handler can do with a batch. The collector is measured against it (`npm run bench -- collector`). */
export async function POST(request: Request): Promise<Response> {
  await request.json();
  return new Response(null, { status: 202 });
}
