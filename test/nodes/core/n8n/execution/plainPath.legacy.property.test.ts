import { useExpressionEngine } from '../../../../engine/engine';
import { describePlainPaths } from '../../../../engine/plainPaths';

beforeAll(async () => await useExpressionEngine('legacy'));

describe('Plain paths, read from the item', () => describePlainPaths());
