import type { Brand } from '#shared/brand/brand.ts'
import { describeProblem } from '#shared/documents/document.ts'
import { compileMessage } from '#shared/messages/compile-message.ts'
import type { CompiledMessage } from '#shared/messages/message-document.ts'
import { aBrand } from './a-brand.ts'

export const FOOTER = `
<mj-section>
  <mj-column>
    <mj-text font-size="12px" color="{{ brand.look.colours.primary }}">
      {{ brand.legal.company }}, {{ brand.legal.address }}
      <a href="{{ links.unsubscribe }}">Unsubscribe</a> · <a href="{{ links.preferences }}">Preferences</a>
    </mj-text>
  </mj-column>
</mj-section>`

export const EMAIL = `---
subject: "{{ customer.first_name | default: 'You' }} left {{ entry.items.size }} things"
preheader: We keep them until {{ entry.keptUntil | date: "%A %-d %B" }}
---
<mjml>
  <mj-body background-color="{{ brand.look.colours.background }}">
    <mj-section>
      <mj-column>
        <mj-image src="{{ brand.look.logo }}" alt="Kaffi" href="https://kaffi.example/?utm=mail&x=1" />
        <mj-text>
          <h1>Hello {{ customer.first_name | default: "you" }}</h1>
          {% for item in entry.items %}<p>{{ item.name }}: {{ item.price }}</p>{% endfor %}
        </mj-text>
        <mj-raw>{% if customer.points >= 50 %}</mj-raw>
        <mj-text>You have {{ customer.points }} points.</mj-text>
        <mj-raw>{% endif %}</mj-raw>
        <mj-button href="{{ brand.facts.shop }}?order={{ entry.order_id | url_encode }}">Finish your order</mj-button>
      </mj-column>
    </mj-section>
    {% include 'footer' %}
  </mj-body>
</mjml>
`

export const FILES: Readonly<Record<string, string>> = {
  'message.yaml': 'message: order-reminder\npurpose: offers\n',
  'email.en.mjml': EMAIL,
  'sms.en.txt': 'Your order {{ entry.order_id }} waits: {{ brand.facts.shop }}\n',
  'sms.sv.txt': 'Din beställning {{ entry.order_id }} väntar: {{ brand.facts.shop }}\n',
  'push.en.yaml':
    'title: Your order waits\nbody: "{{ customer.first_name }}, it is still here."\nlink: kaffi://cart\ndata: { order: "{{ entry.order_id }}" }\n',
}

/** A published message with a form for every channel. */
export async function aMessage(
  files: Readonly<Record<string, string>> = {},
  {
    name = 'order-reminder',
    brand = aBrand(),
    tables = ['stores'],
  }: { name?: string; brand?: Brand; tables?: string[] } = {},
): Promise<CompiledMessage> {
  const compilation = await compileMessage({
    name,
    files: { ...FILES, ...files },
    partials: { 'footer.mjml': FOOTER },
    brand,
    tables,
  })
  if (!compilation.ok) throw new Error(compilation.problems.map(describeProblem).join('\n'))
  return compilation.message
}
