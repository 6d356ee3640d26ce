/** Which visits this phone has rated: a rating is asked for once, and the server tells it only when one tries again. */
import { read, write } from '@/platform/storage'

const KEY = 'rated'
const KEPT = 50

export const isRated = (booking: string): boolean => (read<string[]>(KEY) ?? []).includes(booking)
export const noteRated = (booking: string): void => {
  if (!isRated(booking)) write(KEY, [booking, ...(read<string[]>(KEY) ?? [])].slice(0, KEPT))
}
