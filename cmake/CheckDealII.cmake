# One message that names everything deal.II was built without.
set(_missing "")
foreach(_feature MPI P4EST TRILINOS HDF5 MUPARSER LAPACK)
  if(NOT DEAL_II_WITH_${_feature})
    list(APPEND _missing ${_feature})
  endif()
endforeach()

find_path(SACADO_INCLUDE_DIR Sacado_No_Kokkos.hpp
  HINTS ${DEAL_II_INCLUDE_DIRS} PATH_SUFFIXES trilinos)
if(NOT SACADO_INCLUDE_DIR)
  list(APPEND _missing "TRILINOS/Sacado")
endif()
find_path(ROL_INCLUDE_DIR ROL_Solver.hpp
  HINTS ${DEAL_II_INCLUDE_DIRS} PATH_SUFFIXES trilinos)
if(NOT ROL_INCLUDE_DIR)
  list(APPEND _missing "TRILINOS/ROL")
endif()

if(_missing)
  string(REPLACE ";" ", " _missing "${_missing}")
  message(FATAL_ERROR "sobolev needs a deal.II that was configured with "
    "these missing features: ${_missing}. The deal.II found is version "
    "${DEAL_II_PACKAGE_VERSION} in ${deal.II_DIR}.")
endif()
