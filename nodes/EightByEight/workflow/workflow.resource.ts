import { defineResource } from '../../core/n8n/defineOperation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { resume } from './resume.operation';
import { suspend } from './suspend.operation';
import { terminate } from './terminate.operation';

/** The operations on workflows, which 8x8 calls instances of a definition. */
export const workflow = defineResource('workflow', [get, getAll, resume, suspend, terminate], 'terminate');
