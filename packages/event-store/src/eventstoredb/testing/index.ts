export { type Double, startDouble } from './double.ts'
export { placeForTests } from './instead.ts'
