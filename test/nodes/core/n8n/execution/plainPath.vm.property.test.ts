import { useExpressionEngine } from '../../../../engine/engine';
import { describePlainPaths } from '../../../../engine/plainPaths';

beforeAll(async () => await useExpressionEngine('vm'));

describe('Plain paths, read from the item', () => describePlainPaths());
