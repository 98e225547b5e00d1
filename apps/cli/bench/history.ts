/**
 * Reading the imported history again: into a count, and into every read model.
 *
 * @module
 */
import { createDecipheriv } from 'node:crypto'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createForsat, keyFiles, mintedIds, openForsat, systemClock } from '@forsat/application'
import { recorder } from '@forsat/event-store'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { importShipped } from '../src/import/shipped.ts'
import { contest, perSecond, type Row } from './measure.ts'
