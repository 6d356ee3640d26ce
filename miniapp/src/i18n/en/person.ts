export const me = {
  welcome: 'Hello',
  why: 'Sign in to apply online, follow your cases and open your licences.',
  signIn: 'Sign in',
  signInFirst: 'Sign in to see this page.',
  signedIn: 'Signed in',
  signOut: 'Sign out',
  realName: 'Verified',
  notRealName: 'Verify your identity before you apply online.',
  prove: 'Verify now',
  saved: 'Documents we saved you from handing in: {n}',
  cases: 'My cases',
  bookings: 'My bookings',
  messages: 'Messages',
  family: 'Family',
  familyNote: 'Book for family, or let family book for you',
  licences: 'My licences',
  favourites: 'Saved services',
  accessLog: 'Who looked at my data',
  accessLogNote: 'Every look by an officer is recorded',
  sessions: 'Signed-in devices',
  settings: 'Settings',
}

export const login = {
  title: 'Sign in',
  text: 'Sign in with your mobile number. The first time creates your account.',
  phone: 'Mobile number',
  phoneWrong: 'Enter a mobile number of 11 digits',
  code: 'Code',
  codeHint: '6 digits from the message',
  codeWrong: 'Enter the 6 digits from the message',
  send: 'Send me a code',
  again: 'Send a new code',
  wait: 'New code in {n} s',
  sent: 'The code is on its way. Look at your messages.',
  go: 'Sign in',
  help: 'No code? Call {hotline} and a person will help you.',
  demo: 'Demo accounts',
  demoText: 'This is a demonstration; its people are invented. Choose one, then read the code in the message inbox.',
  inbox: 'Open the message inbox',
}

export const realName = {
  title: 'Verify your identity',
  text: 'Enter the name and number on your identity card, so that we know it is you.',
  name: 'Name',
  nameWrong: 'Enter the name on your identity card',
  id: 'Identity number',
  idHint: '18 characters; the last may be X',
  idWrong: 'The identity number is not right, check its 18 characters',
  go: 'Verify',
  privacy:
    'Stored encrypted and used only to handle your requests; “Me” shows who looked. You can also do this in person at a hall.',
  done: 'Your identity is verified',
}

export const sessions = {
  text: 'These devices are signed in to your account. Sign out any that you do not know.',
  current: 'This device',
  seen: 'Last used: {time}',
  end: 'Sign it out',
  endName: 'Sign it out: {device}',
}

export const accessLog = {
  text: 'When an officer looks at your full name or numbers, they must say why, and it is recorded here.',
  fields: 'Looked at: {fields}',
  reason: 'Reason: {reason}',
  empty: 'No officer has looked at your full data yet.',
}
