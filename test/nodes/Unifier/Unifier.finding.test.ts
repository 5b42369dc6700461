import { describeFinding } from '../../engine/findingSuite';
import { finding } from './finding.subject';

describeFinding(finding);
