/** A random name for this phone, for those who send without their own. It is sent with nothing else. */
import { read, write } from './storage'
import { uuid } from './uuid'

let own: string | null = null

/** Where nothing can be stored it lasts as long as the app is open. */
export function deviceId(): string {
  own ??= read<string>('device') ?? uuid()
  write('device', own)
  return own
}
