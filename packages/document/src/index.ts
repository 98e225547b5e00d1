export type {
  DocumentFacts,
  DocumentItem,
  DocumentLine,
  DocumentOption,
  Seller,
  Standing,
} from './facts.ts'
