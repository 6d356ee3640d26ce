export const common = {
  back: 'Back',
  cancel: 'Cancel',
  home: 'Go to the home page',
  loading: 'Loading',
  more: 'Show more',
  no: 'No',
  yes: 'Yes',
  optional: ' (optional)',
  retry: 'Try again',
  range: '{from}–{to}',
  savedCopy: 'No network. This is the copy saved on {time}; it may be out of date.',
}

export const tabs = { label: 'Main', home: 'Home', browse: 'Services', interact: 'Contact', me: 'Me' }

export const home = {
  service: ' Government Services',
  search: 'Search services',
  placeholder: 'Residence permit, housing fund…',
  elder: 'Large print',
  standard: 'Standard',
  otherLanguage: '中文',
  human: 'Talk to us',
  todos: 'To do',
  frequent: 'Frequent services',
  events: 'Life events',
  updated: 'Recently updated',
}

export const browse = {
  search: 'Search services',
  person: 'For people',
  legal: 'For businesses',
  themes: 'By theme',
  departments: 'By department',
  count: 'Services: {n}',
  all: 'See all services',
  empty: 'No services here yet. Try another theme, or call 12345.',
}

export const search = {
  title: 'Search',
  label: 'What do you need?',
  go: 'Search',
  suggestions: 'Suggestions',
  corrected: 'Showing results for “{words}”.',
  found: 'Services found: {n}',
  nothing: 'Nothing found for “{words}”. Try other words, or browse by theme.',
  offline: 'No network. Searching only what is saved on this phone.',
  history: 'Your searches',
  forget: 'Clear',
}

export const interact = {
  hotline: 'Call the 12345 hotline',
  hotlineText: 'Questions, complaints, suggestions: a person answers {hotline} and passes your matter on.',
  call: 'Call {phone}',
  service: 'App support {phone}',
  cases: 'Ask about your case',
  casesNote: 'See progress, send a reminder, contact the department',
  ask: 'Find out how',
  askNote: 'Search a service for its documents, fee and time',
  halls: 'Ask in person at a hall',
}

export const settings = {
  mode: 'Display',
  elderNote: 'Larger text and buttons',
  language: 'Language 语言',
  size: 'Text size',
  size_normal: 'Standard',
  size_large: 'Large',
  size_huge: 'Largest',
  kept: 'Kept on this phone. When you are signed in, display and language are kept with your account too.',
}

export const errors = {
  title: 'That did not work',
  text: 'Nothing you entered is lost. Try again later, or call 12345.',
  client_offline: 'No network',
  client_offline_text: 'What you entered is still here. Check the network and try again.',
  client_timeout: 'No answer in time',
  client_timeout_text: 'What you entered is still here. Try again; nothing is sent twice.',
  client_unexpected: 'Something went wrong',
  client_unexpected_text: 'Nothing you entered is lost. Go back and try again, or call 12345.',
  client_file_too_large: 'The file is too large',
  client_file_too_large_text: 'One file may have up to 20 MB. Make it smaller and choose it again.',
  http_401: 'Please sign in again',
  http_401_text: 'You were signed out. What you entered is saved.',
  http_404: 'Not found',
  http_404_text: 'It may have been withdrawn. Go back and search again.',
  http_429: 'Too many tries',
  http_429_text: 'Wait a minute and try again.',
  http_500: 'The service is not available',
  http_500_text: 'Nothing you entered is lost. Try again later, or call 12345.',
  http_502: 'The service is recovering',
  http_502_text: 'Nothing you entered is lost. Try again in a minute.',
  http_503: 'The service is recovering',
  http_503_text: 'Nothing you entered is lost. Try again in a minute.',
}
