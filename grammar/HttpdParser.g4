// What a line of httpd.conf is. Sections are not nested here: whether a line opens or closes one is decided while reading,
// when ${VARIABLES} and conditions are known.
parser grammar HttpdParser;

options { tokenVocab = HttpdLexer; }

@header { package dev.sluice.syntax; }

line
    : SPACE?
      ( COMMENT
      | CLOSE words
      | OPEN words
      | (WORD | QUOTED) words
      )?
      TAIL? (LINE_END | EOF)
    ;

words
    : (SPACE | WORD | QUOTED)*
    ;
