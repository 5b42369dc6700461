import { defineResource } from '../../core/n8n/defineOperation';
import { resume, suspend, terminate } from './commands.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** The operations on workflows, which 8x8 calls instances of a definition. */
export const workflow = defineResource('workflow', [get, getAll, resume, suspend, terminate], 'terminate');
