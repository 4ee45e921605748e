import { addUsage, type Bill, billFor, scaleUsage, type Usage } from './bill.ts'
import { type Load, messagesInBatch, queueRequests } from './load.ts'
import { cpuPerCall, type Measured, type MeasuredJourney } from './measures.ts'
import { type Terms, usageOf } from './usage.ts'

const MILLION = 1_000_000

/** What a million touchpoints cost. */
export function touchpointsBill(touchpoints: Measured, load: Load): Bill {
  return perMillion(usageOfOne(touchpoints, termsOf(touchpoints, load)))
}

interface Standing {
  readonly touchpoints: Measured
  /** Days on which nothing happens: what they take is not the journey's. */
  readonly days: Measured
}

/** What a million enrolments cost, and the touchpoints by which she enters and goes on. */
export function journeyBill(journey: MeasuredJourney, { touchpoints, days }: Standing, load: Load): Bill {
  const terms = termsOf(touchpoints, load)
  const standing = scaleUsage(usageOfOne(days, terms), -journey.days)
  return perMillion(scaleUsage(addUsage(usageOf(journey.watched, terms), standing), 1 / journey.count))
}

/** Reports of an email besides that it arrived: what SES's example has of opens and clicks. */
const FURTHER_REPORTS = 1.35

/** What a million emails of a journey cost besides what SES asks for them; how it was entered is paid elsewhere. */
export function emailsBill(letter: MeasuredJourney, { touchpoints, days }: Standing, load: Load): Bill {
  const terms = termsOf(touchpoints, load)
  const entry = scaleUsage(usageOfOne(touchpoints, terms), -1)
  const reports = scaleUsage(reportUsage(touchpoints, terms), FURTHER_REPORTS)
  const standing = scaleUsage(usageOfOne(days, terms), -letter.days / letter.count)
  return perMillion(addUsage(usageOfOne(letter, terms), entry, standing, reports))
}

/**
 * What a million emails of a broadcast cost besides what SES asks for them.
 * @param few the same broadcast to fewer: what is done once for all of them is left out
 */
export function broadcastBill(
  { few, many }: { readonly few: MeasuredJourney; readonly many: MeasuredJourney },
  { touchpoints }: Standing,
  load: Load,
): Bill {
  const terms = termsOf(touchpoints, load)
  const more = addUsage(usageOf(many.watched, terms), scaleUsage(usageOf(few.watched, terms), -1))
  const reports = scaleUsage(reportUsage(touchpoints, terms), FURTHER_REPORTS)
  return perMillion(addUsage(scaleUsage(more, 1 / (many.count - few.count)), reports))
}

/** A provider's report becomes a touchpoint, and has been through a queue of its own. */
function reportUsage(touchpoints: Measured, terms: Terms): Usage {
  const runs = 1 / messagesInBatch(terms.load)
  const received = {
    'SQS request': queueRequests(1, terms.load),
    'Lambda request': runs,
    'Lambda GB-second': 0.01 * runs,
  }
  return addUsage(usageOfOne(touchpoints, terms), received)
}

function termsOf(touchpoints: Measured, load: Load): Terms {
  return { load, cpuPerCall: cpuPerCall(touchpoints) }
}

function usageOfOne({ watched, count }: Measured, terms: Terms): Usage {
  return scaleUsage(usageOf(watched, terms), 1 / count)
}

function perMillion(usage: Usage): Bill {
  return billFor(scaleUsage(usage, MILLION))
}
