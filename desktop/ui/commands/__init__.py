"""What the actions do, a module a subject. Each class gives its part of the table `action id → function` as `handlers()`."""
