import { describeFinding } from '../../engine/findingSuite';
import { finding } from './finding.subject';

describe('Bitrix24: finding', () => describeFinding(finding));
