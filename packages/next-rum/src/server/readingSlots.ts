import { isOneSender, networkOf } from './rateLimit.js';

/** Lets so many bodies be read at once, and no sender have all the room. */
export interface ReadingSlots {
  /**
   * @param address Of the sender; empty where it is not known.
   * @returns Gives the slot back, and is to be called once; null where there is none for this sender.
   */
  take(address: string): (() => void) | null;
}

interface SlotLimits {
  readonly all: number;
  /** Of one address (of IPv6: one /64). */
  readonly perAddress: number;
  /** Of all together whose address may be that of a proxy, or is not known. */
  readonly many: number;
}

/**
 * The wire limit of a body bounds what a sender that dawdles holds: 128 KiB, and so a thousand of them 125 MiB. What a body unfolds
 * to is bounded by the intake, for all together, and by how many are unfolded at once.
 */
const LIMITS: SlotLimits = { all: 1000, perAddress: 50, many: 900 };

/** Makes slots, all of them free. */
export function createReadingSlots({ all, perAddress, many }: SlotLimits = LIMITS): ReadingSlots {
  const taken = new Map<string, number>();
  let inAll = 0;
  return {
    take: (address) => {
      const isOne = isOneSender(address);
      const sender = isOne ? networkOf(address) : '';
      const ofSender = taken.get(sender) ?? 0;
      if (inAll >= all || ofSender >= (isOne ? perAddress : many)) return null;
      inAll += 1;
      taken.set(sender, ofSender + 1);
      return () => {
        inAll -= 1;
        const left = (taken.get(sender) ?? 0) - 1;
        if (left > 0) taken.set(sender, left);
        else taken.delete(sender);
      };
    },
  };
}
