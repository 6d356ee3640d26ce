/** The inbox, and what the person wants to be told. */

export interface MessageSummary {
  id: string
  purpose: string
  purpose_label: string
  purpose_label_en: string
  title: string
  body: string
  /** A page of this app, or empty. */
  link: string
  urgency: 'emergency' | 'urgent' | 'normal'
  read: boolean
  at: string
}

export interface MessageDetail extends MessageSummary {
  why: string
  why_en: string
  can_switch_off: boolean
}

/** `locked`: cannot be moved. */
export interface ChannelSwitch {
  code: string
  label: string
  label_en: string
  on: boolean
  locked: boolean
}

/** `necessary` ones stay in the inbox; the others are off until the person asks for them. */
export interface PurposeSettings {
  code: string
  label: string
  label_en: string
  words: string
  words_en: string
  necessary: boolean
  on: boolean
  channels: ChannelSwitch[]
}

/** China's wall clock, `22:00`. */
export interface Quiet {
  on: boolean
  start: string
  end: string
}

export interface MessageSettings {
  purposes: PurposeSettings[]
  quiet: Quiet
  topics: { code: string; label: string; label_en: string; on: boolean }[]
  attributes: {
    on: boolean
    district: string
    age_band_label: string
    age_band_label_en: string
    districts: { code: string; name: string; name_en: string }[]
  }
  tags: { id: string; label: string; why: string }[]
}

/** A part that is absent stays as it is. */
export interface SettingsChange {
  switches?: { purpose: string; channel: string; on: boolean }[]
  quiet?: Quiet
  topics?: string[]
  attributes?: { on: boolean; district: string }
}
