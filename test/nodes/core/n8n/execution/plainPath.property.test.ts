import { useExpressionEngine } from '../../../../engine/engine';
import { describePlainPaths } from '../../../../engine/plainPaths';

describe('Plain paths, read from the item (legacy)', () => describePlainPaths());

// The last, because there is no way back.
describe('Plain paths, read from the item (vm)', () => {
	beforeAll(async () => await useExpressionEngine('vm'));
	describePlainPaths();
});
