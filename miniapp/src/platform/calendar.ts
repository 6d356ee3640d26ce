/** The phone's own calendar: a file on H5, a call on WeChat; Alipay and Baidu have neither. */

export interface Event {
  title: string
  place: string
  startsAt: string
  endsAt: string
}

export type CalendarWay = 'file' | 'phone' | null

export function calendarWay(): CalendarWay {
  let way: CalendarWay = null
  // #ifdef H5
  way = 'file'
  // #endif
  // #ifdef MP-WEIXIN
  way = 'phone'
  // #endif
  return way
}

const DAY = 24 * 60 * 60

/** Whether it was added; the person may refuse. */
export function addToPhone(event: Event): Promise<boolean> {
  return new Promise((resolve) => {
    // #ifdef MP-WEIXIN
    const calendar = uni as unknown as { addPhoneCalendar: (options: object) => void }
    calendar.addPhoneCalendar({
      title: event.title,
      location: event.place,
      startTime: Math.floor(Date.parse(event.startsAt) / 1000),
      endTime: String(Math.floor(Date.parse(event.endsAt) / 1000)),
      alarm: true,
      alarmOffset: DAY,
      success: () => resolve(true),
      fail: () => resolve(false),
    })
    // #endif
    // #ifndef MP-WEIXIN
    void event
    resolve(false)
    // #endif
  })
}
