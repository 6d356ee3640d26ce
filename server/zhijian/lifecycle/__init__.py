"""Life cycles: transitions as data, and the frame of every action on a row that has one."""
