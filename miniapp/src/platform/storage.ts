/** Local storage with JSON values; a full or forbidden storage must never break the app. */

const PREFIX = 'zj:'

export function read<T>(key: string): T | null {
  try {
    const raw: unknown = uni.getStorageSync(PREFIX + key)
    return typeof raw === 'string' && raw !== '' ? (JSON.parse(raw) as T) : null
  } catch {
    return null
  }
}

export function write(key: string, value: unknown): boolean {
  try {
    uni.setStorageSync(PREFIX + key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function remove(key: string): void {
  try {
    uni.removeStorageSync(PREFIX + key)
  } catch {
    // Nothing to remove where storage is forbidden.
  }
}

export function keys(): string[] {
  try {
    const all: string[] = uni.getStorageInfoSync().keys ?? []
    return all.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length))
  } catch {
    return []
  }
}
