/** Files of keys and values as htdbm and httxt2dbm write them. Read {@link dev.sluice.modules.aaa.dbm.DbmFile} first. */
@NullMarked
package dev.sluice.modules.aaa.dbm;

import org.jspecify.annotations.NullMarked;
