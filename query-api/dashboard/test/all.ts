import './format.test';
import './messages.test';
import './pages.test';
