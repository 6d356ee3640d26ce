/** What the signed-in citizen sees about themself. */

export interface Me {
  id: string
  phone_masked: string
  name_masked: string | null
  id_masked: string | null
  real_name: boolean
  locale: string
  elder_mode: boolean
  saved_materials: number
}

export interface SessionInfo {
  id: string
  device: string
  created_at: string
  last_seen_at: string
  current: boolean
}

export interface AccessEntry {
  at: string
  post: string
  department: string
  fields: string[] | string
  reason: string
}

export interface LicenceInfo {
  id: string
  name: string
  number: string
  issued_on: string
  valid_to: string | null
  status: string
  status_label?: string
  department: string
}

export interface Verification {
  name: string
  number_masked?: string
  holder_masked: string
  department: string
  issued_on: string
  valid_to: string | null
  status: string
  status_label?: string
  digest: string
}

export interface Favourite {
  code: string
  name: string
  name_en: string
}
