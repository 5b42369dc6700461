import { defineResource } from '../../core/n8n/defineOperation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { kill } from './kill.operation';
import { terminate } from './terminate.operation';

/** Everything that the node offers for workflows. */
export const workflow = defineResource('workflow', [get, getAll, kill, terminate], 'terminate');
