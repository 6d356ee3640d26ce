/** Two taps are one intention: remembers the idempotency key until the intention has succeeded. */
import { newKey } from '@/api/client'

export function useIntention() {
  let key: string | null = null
  return async function once<T>(send: (key: string) => Promise<T>): Promise<T> {
    key ??= newKey()
    const answer = await send(key)
    key = null
    return answer
  }
}
