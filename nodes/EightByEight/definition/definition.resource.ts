import { defineResource } from '../../core/n8n/defineOperation';
import { getAll } from './getAll.operation';

/** The operations on workflow definitions, which workflows are instances of. */
export const definition = defineResource('definition', [getAll], 'getAll');
