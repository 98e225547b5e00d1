/**
 * A product is something a company sells: its unit, its prices by quantity and its tax.
 *
 * @module
 */
import type { Decider } from '../decider.ts'
import type { DataOf } from '../message.ts'
import { type CommonRefusal } from '../refusal.ts'
import { type Entry, type EntryCommand, entry } from './entry.ts'
import type { ProductEvent } from './events.ts'

type Fields = DataOf<ProductEvent, 'ProductCreated'>
type Changes = DataOf<ProductEvent, 'ProductRevised'>

export type ProductCommand = EntryCommand<'Product', Fields, Changes>
export type ProductState = Entry<Fields>
export type ProductRefusal = CommonRefusal

export const product: Decider<ProductCommand, ProductState, ProductEvent, ProductRefusal> = entry<
  'Product',
  Fields,
  Changes
>('Product')
