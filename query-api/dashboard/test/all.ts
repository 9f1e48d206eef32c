import './format.test';
import './map.test';
import './messages.test';
import './pages.test';
