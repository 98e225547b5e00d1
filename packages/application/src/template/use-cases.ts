/**
 * What may be asked of a template. It belongs to a company or to all of them; where a company has
 * switched templates off, nobody changes them from there.
 *
 * @module
 */
import {
  type AttributeChanges,
  clearable,
  type ExternalId,
  optional,
  ownFields,
  TemplateEvent,
  type TemplateLine,
  type TemplateOption,
  templateDescriptive,
  Ulid,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregate, StateOf } from '../aggregate.ts'
import { made, target } from '../input.ts'
import { entryOf, type Owning, ownChanges, withOwnFields } from '../own-fields.ts'
import { shared } from '../owner.ts'
import type { Refusal } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'
import { type LineInput, lists, type OptionInput } from './line-input.ts'
import { listed } from './lines.ts'

const { name } = TemplateEvent.options[0].shape.data.shape
const category = 'template'

type Template = Aggregate<StateOf<'template'>>

interface Asked {
  readonly lines?: readonly LineInput[] | undefined
  readonly options?: readonly OptionInput[] | undefined
  readonly externalIds?: readonly ExternalId[] | null | undefined
  readonly attributes?: AttributeChanges | null | undefined
}

type Checked<Fields> = Omit<Fields, 'lines' | 'options'> &
  Owning & {
    lines?: TemplateLine[]
    options?: TemplateOption[]
  }

/** The fields that were asked for, with what they name looked up. */
const checked = async <Fields extends Asked>(
  { lines, options, ...fields }: Fields,
  setting: Setting,
  { id, company: owner, state }: Template,
): Promise<E.Either<Refusal, Checked<Fields>>> => {
  const off = templatesOff(setting)
  if (off !== undefined) return off
  const described = await withOwnFields('templates', fields, setting, entryOf(id, state))
  if (E.isLeft(described)) return described
  const known = state.status === 'absent' ? { lines: [], options: [] } : state.fields
  const keptLines = lines && (await listed('lines', lines, known.lines, owner, setting))
  if (keptLines && E.isLeft(keptLines)) return keptLines
  const keptOptions = options && (await listed('options', options, known.options, owner, setting))
  if (keptOptions && E.isLeft(keptOptions)) return keptOptions
  return E.right({
    ...described.right,
    ...(keptLines && { lines: keptLines.right }),
    ...(keptOptions && { options: keptOptions.right }),
  })
}

const templatesOff = ({ company }: Setting): E.Either<Refusal, never> | undefined =>
  company.policies.features.templates
    ? undefined
    : E.left({ type: 'FeatureOff', feature: 'templates' })

export const templateUseCases = [
  useCase({
    name: 'CreateTemplate',
    category,
    kind: 'create',
    input: z.strictObject({
      ...made,
      /** The company's that is acted for, unless another is named; `null` is all companies'. */
      companyId: Ulid.nullable().optional(),
      name,
      ...optional(lists),
      ...optional({ ...templateDescriptive, ...ownFields }),
    }),
    parent: ({ companyId }) => {
      if (companyId === null) return shared
      if (companyId === undefined) return undefined
      return { category: 'company', id: companyId, pointer: '/companyId' }
    },
    command: async ({ id: _id, companyId: _owner, ...asked }, setting, template) => {
      const fields = await checked(asked, setting, template)
      if (E.isLeft(fields)) return fields
      const { occurredAt } = setting.when
      const data = { lines: [], options: [], ...fields.right, occurredAt }
      return E.right({ type: 'CreateTemplate', data })
    },
  }),
  useCase({
    name: 'ReviseTemplate',
    category,
    input: z.strictObject({
      ...target,
      ...optional({ name, ...lists }),
      ...clearable(templateDescriptive),
      ...ownChanges,
    }),
    command: async ({ id: _id, ...asked }, setting, template) => {
      const changes = await checked(asked, setting, template)
      if (E.isLeft(changes)) return changes
      const { occurredAt } = setting.when
      return E.right({ type: 'ReviseTemplate', data: { changes: changes.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ArchiveTemplate',
    category,
    input: z.strictObject(target),
    command: (_input, setting) =>
      templatesOff(setting) ??
      E.right({ type: 'ArchiveTemplate', data: { occurredAt: setting.when.occurredAt } }),
  }),
] as const
