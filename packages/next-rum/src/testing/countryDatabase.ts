const RECORD_BITS = 24;

/**
 * Makes a small MaxMind database (https://maxmind.github.io/MaxMind-DB/) of IPv4 networks and their countries, because the
 * real ones may not be shipped.
 *
 * @param networks Such as `{ '198.51.100.0/24': 'AT' }`; none within another.
 */
export function countryDatabase(networks: { readonly [network: string]: string }): Buffer {
  const data: Buffer[] = [];
  let size = 0;
  // IPv4 lies at the beginning of IPv6.
  const tree: Node[] = [[null, null]];
  for (const [network, country] of Object.entries(networks)) {
    const [address = '', length = '32'] = network.split('/');
    const bits = [...'0'.repeat(96), ...toBits(address).slice(0, Number(length))].map(Number);
    insert(tree, bits, { offset: size });
    const value = encodeMap({ country: encodeMap({ iso_code: encodeText(country) }) });
    data.push(value);
    size += value.length;
  }
  const metadata = encodeMap({
    node_count: encodeNumber(6, tree.length),
    record_size: encodeNumber(5, RECORD_BITS),
    ip_version: encodeNumber(5, 6),
    database_type: encodeText('Test-Country'),
    languages: Buffer.from([0x00, 0x04]),
    binary_format_major_version: encodeNumber(5, 2),
    binary_format_minor_version: encodeNumber(5, 0),
    build_epoch: Buffer.from([0x01, 0x02, 1]),
    description: encodeMap({}),
  });
  return Buffer.concat([
    ...tree.map((node) => encodeNode(node, tree.length)),
    Buffer.alloc(16),
    ...data,
    Buffer.from('abcdef4d61784d696e642e636f6d', 'hex'),
    metadata,
  ]);
}

type Record = { readonly node: number } | { readonly offset: number } | null;
type Node = [Record, Record];

function toBits(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

function insert(tree: Node[], bits: readonly number[], leaf: { readonly offset: number }): void {
  let at = 0;
  for (const [depth, bit] of bits.entries()) {
    const node = tree[at] ?? [null, null];
    const side = bit === 1 ? 1 : 0;
    if (depth === bits.length - 1) {
      node[side] = leaf;
      return;
    }
    const next = node[side];
    if (next !== null && 'node' in next) at = next.node;
    else {
      tree.push([null, null]);
      at = tree.length - 1;
      node[side] = { node: at };
    }
  }
}

function encodeNode(node: Node, nodes: number): Buffer {
  const bytes = Buffer.alloc(6);
  for (const [side, record] of node.entries()) {
    const value = record === null ? nodes : 'node' in record ? record.node : nodes + 16 + record.offset;
    bytes.writeUIntBE(value, side * 3, 3);
  }
  return bytes;
}

function encodeMap(fields: { readonly [name: string]: Buffer }): Buffer {
  const entries = Object.entries(fields);
  return Buffer.concat([
    Buffer.from([0xe0 | entries.length]),
    ...entries.flatMap(([name, value]) => [encodeText(name), value]),
  ]);
}

/** Shorter than 29 bytes. */
function encodeText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x40 | Buffer.byteLength(text)]), Buffer.from(text)]);
}

function encodeNumber(type: 5 | 6, value: number): Buffer {
  const bytes = type === 5 ? 2 : 4;
  const encoded = Buffer.alloc(1 + bytes);
  encoded[0] = (type << 5) | bytes;
  encoded.writeUIntBE(value, 1, bytes);
  return encoded;
}
