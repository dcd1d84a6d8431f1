/** CRC-32 as in gzip and PNG (polynomial 0xEDB88320), continued from the checksum of the bytes before; starts at 0. */
export function updateCrc32(checksum: number, bytes: Uint8Array): number {
  let remainder = ~checksum
  for (let index = 0; index < bytes.length; index++) {
    remainder = REMAINDERS[(remainder ^ bytes[index]!) & 0xff]! ^ (remainder >>> 8)
  }
  return ~remainder >>> 0
}

const REMAINDERS = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1
  return remainder
})
