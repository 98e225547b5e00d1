import { Lines } from './lines.tsx'
import type { Line, Quotation } from './quotation.ts'
import { useSpeech } from './speech.ts'
import { Sums } from './sums.tsx'
import { Words } from './words.tsx'

/** What was offered, by whom and to whom, as it was sent, and what of the options was taken. */
export function Document({ quotation }: { quotation: Quotation }) {
  const { text, unit, recorded } = useSpeech()
  const { subject, totals, pricesIncludeTax } = quotation
  return (
    <article>
      <Head of={quotation} />
      {subject !== undefined && (
        <h2>
          <Words>{subject}</Words>
        </h2>
      )}
      <p class="soft">
        {text.amountsIn(unit)}. {pricesIncludeTax && text.withTax}
      </p>
      <Lines lines={linesOf(quotation, text.optionsTaken)} />
      <Sums totals={totals} />
      {recorded !== undefined && (
        <p class="soft">{text.tomanSaid(recorded(totals.total.amount))}</p>
      )}
      <Terms of={quotation} />
    </article>
  )
}

/** What was taken stands behind the lines, as lines, for it counts like them. */
const linesOf = ({ lines, options }: Quotation, heading: string): readonly Line[] => {
  const taken = options.flatMap(({ taken: quantity, takenDiscount, takenAmount, ...option }) =>
    quantity === undefined
      ? []
      : [
          {
            ...option,
            quantity,
            discount: takenDiscount ?? option.discount,
            amount: takenAmount ?? option.amount,
          },
        ],
  )
  if (taken.length === 0) return lines
  return [...lines, { id: 'taken', kind: 'section', description: heading }, ...taken]
}

function Head({ of }: { of: Quotation }) {
  const { text, quantity } = useSpeech()
  const { seller, customer } = of
  return (
    <header>
      <div>
        <strong>
          <bdi>{seller.name}</bdi>
        </strong>
        {seller.address !== undefined && <p dir="auto">{seller.address}</p>}
        <Identifiers of={seller.identifiers} />
      </div>
      <div>
        <h1>
          {text.quotation} <bdi>{of.number}</bdi>{' '}
          {of.version > 1 && <small class="tag">{text.version(quantity(`${of.version}`))}</small>}
        </h1>
        {customer !== undefined && (
          <>
            <p>
              {text.forCustomer}{' '}
              <strong>
                <Words>{'erased' in customer ? customer : customer.name}</Words>
              </strong>
            </p>
            {!('erased' in customer) && <Identifiers of={customer.identifiers} />}
          </>
        )}
        <Dates of={of} />
      </div>
    </header>
  )
}

function Identifiers({ of }: { of: Quotation['seller']['identifiers'] }) {
  const { text } = useSpeech()
  return (
    <>
      {of?.map(({ kind, value }) => (
        <p class="soft" key={kind}>
          {text.identifiers[kind] ?? kind}: <bdi>{value}</bdi>
        </p>
      ))}
    </>
  )
}

function Dates({ of: { sentOn, validUntil, daysLeft, customerReference } }: { of: Quotation }) {
  const { text, date, days } = useSpeech()
  return (
    <dl class="facts">
      <dt>{text.date}</dt>
      <dd>{date(sentOn)}</dd>
      {validUntil !== undefined && (
        <>
          <dt>{text.validUntil}</dt>
          <dd>
            {date(validUntil)}{' '}
            {daysLeft !== undefined && (
              <small class="tag">
                {daysLeft === 0 ? text.lastDay : text.daysLeft(days(daysLeft))}
              </small>
            )}
          </dd>
        </>
      )}
      {customerReference !== undefined && (
        <>
          <dt>{text.reference}</dt>
          <dd>
            <Words>{customerReference}</Words>
          </dd>
        </>
      )}
    </dl>
  )
}

function Terms({ of }: { of: Quotation }) {
  const { text } = useSpeech()
  return (
    <>
      {(['paymentTerms', 'deliveryTerms', 'terms'] as const).map(
        (name) =>
          of[name] !== undefined && (
            <section key={name}>
              <h3>{text[name]}</h3>
              <p class="words" dir="auto">
                {of[name]}
              </p>
            </section>
          ),
      )}
    </>
  )
}
