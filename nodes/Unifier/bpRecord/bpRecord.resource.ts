import { defineResource } from '../../core/n8n/defineOperation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { terminate } from './terminate.operation';

/** Everything that the node offers for BP records. */
export const bpRecord = defineResource('bpRecord', [get, getAll, terminate], 'terminate');
