import { defineResource } from '../../core/n8n/defineOperation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { terminate } from './terminate.operation';

/** Everything that the node offers for process instances. */
export const processInstance = defineResource('processInstance', [get, getAll, terminate], 'terminate');
