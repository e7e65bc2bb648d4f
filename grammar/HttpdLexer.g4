lexer grammar HttpdLexer;
@header { package dev.sluice.syntax; }
ANY : . ;
