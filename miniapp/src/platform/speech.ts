/** Reading aloud by the device's own voice. Mini-programs have none. */

export function canSpeak(): boolean {
  let can = false
  // #ifdef H5
  can = typeof window !== 'undefined' && 'speechSynthesis' in window
  // #endif
  return can
}

/** One paragraph after the other: browsers cut long ones short. `done` also when it fails. */
export function speak(text: string, done: () => void): void {
  // #ifdef H5
  const voice = window.speechSynthesis
  voice.cancel()
  const lines = text.split('\n').filter(Boolean)
  lines.forEach((line, index) => {
    const said = new SpeechSynthesisUtterance(line)
    said.lang = 'zh-CN'
    if (index === lines.length - 1) said.onend = done
    said.onerror = done
    voice.speak(said)
  })
  if (!lines.length) done()
  // #endif
  // #ifndef H5
  done()
  // #endif
}

export function silence(): void {
  // #ifdef H5
  if (canSpeak()) window.speechSynthesis.cancel()
  // #endif
}
