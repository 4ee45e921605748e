import { html } from 'hono/html'
import { document } from './page.ts'

type Html = ReturnType<typeof html>

/** Where there is no story to tell: how to send the first event, and how many have come. */
export function startPage(publicUrl: string, touchpoints: number): Html {
  const command = `curl ${publicUrl}/v1/events \\
  -H "Authorization: Bearer $(cat .throughline/token)" \\
  -H "Content-Type: application/json" \\
  -d '{ "type": "product.viewed", "channel": "web",
        "identifiers": { "userId": "ada" },
        "properties": { "product": "Oat flat white" } }'`
  return document(
    'Send the first event',
    html`<main class="start"><p class="mark"><span>Throughline</span> One customer, one thread, every channel</p>
<h1>${touchpoints === 0 ? 'Send the first event' : 'It is listening'}</h1>
<p>${touchpoints === 0 ? 'The system is running and knows nobody yet.' : html`<b>${touchpoints.toLocaleString('en')}</b> ${touchpoints === 1 ? 'touchpoint has' : 'touchpoints have'} come in so far.`} The token stands in the data folder, in the file <code>token</code>.</p>
<pre tabindex="0"><code>${command}</code></pre>
<p>Then look at her thread with <code>npx throughline customers show ada</code>.</p></main>`,
  )
}

/** Until she is known; to be asked for again at once. */
export function almostPage(): Html {
  return document('One moment', html`<main class="start"><h1>One moment</h1><p>The demo is being set up.</p></main>`)
}
