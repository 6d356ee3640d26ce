/** The inbox, and what the person wants to be told. */
import type { Schema } from './generated'

export type MessageSummary = Schema<'MessageOut'>
export type MessageDetail = Schema<'MessageDetail'>
export type ChannelSwitch = Schema<'ChannelSwitch'>
export type PurposeSettings = Schema<'PurposeOut'>
export type Quiet = Schema<'QuietOut'>
export type MessageSettings = Schema<'SettingsOut'>
export type SettingsChange = Schema<'SettingsIn'>
