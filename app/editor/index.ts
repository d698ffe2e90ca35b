// The browser half of joint drafting. See "Joint drafting" in docs/architecture.md.
import { PlanEditor } from './element';

customElements.define('plan-editor', PlanEditor);
