import './Bitrix24BizprocWebhookApi';
import './EightByEightAutomationApi';
import './EnosBpmApi';
import './UnifierApi';
import './certificates';
import './proxy';
// Last: it switches to another expression engine, and there is no way back.
import './Bitrix24BizprocOAuth2Api';
