/** The citizen API's endpoints about messages. */
import { api } from './client'
import type { Page } from './types/case'
import type { Schema } from './types/generated'
import type { MessageDetail, MessageSettings, MessageSummary, SettingsChange } from './types/message'

export const getMessages = (purpose: string, cursor?: string) =>
  api<Page<MessageSummary>>({ path: '/messages', query: { purpose, cursor } })
export const getUnread = () => api<Schema<'UnreadOut'>>({ path: '/messages/unread-count' })
/** Reading is what opening does; the answer is the whole message. */
export const readMessage = (id: string) =>
  api<MessageDetail>({ method: 'POST', path: `/messages/${id}/read`, body: {} })
export const readAll = () => api<Schema<'UnreadOut'>>({ method: 'POST', path: '/messages/read-all', body: {} })
export const deleteMessage = (id: string) => api<void>({ method: 'DELETE', path: `/messages/${id}` })

export const getMessageSettings = () => api<MessageSettings>({ path: '/messages/settings' })
export const saveMessageSettings = (body: SettingsChange) =>
  api<MessageSettings>({ method: 'PUT', path: '/messages/settings', body })
export const switchAllOff = () => api<MessageSettings>({ method: 'POST', path: '/messages/settings/all-off', body: {} })
export const deleteTag = (id: string) => api<void>({ method: 'DELETE', path: `/messages/tags/${id}` })
