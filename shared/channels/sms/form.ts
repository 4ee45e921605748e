import type { FormReader } from '../form.ts'
import { adviceOn } from './advice.ts'
import { SmsForm } from './sms.ts'

/** `sms.<locale>.txt`: the text as it is. */
export const smsForm: FormReader = {
  extension: 'txt',
  read: (source) => {
    const text = source.text.trim()
    if (text !== '') return { ok: true, form: { text } }
    return { ok: false, problems: [source.problemAt(1, 1, 'This message is empty.', 'Write its text here.')] }
  },
  lacking: () => [],
  advice: (form, { brand, isMarketing }) => adviceOn(SmsForm.parse(form).text, brand, isMarketing),
}
